/**
 * Files that are on the disk when a call returns. Needs nothing but the JDK; a failing one takes its place in tests.
 */
@NullMarked
package org.sekisho.gateway.audit.disk;

import org.jspecify.annotations.NullMarked;
