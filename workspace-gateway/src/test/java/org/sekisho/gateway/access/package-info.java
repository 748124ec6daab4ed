@NullMarked
package org.sekisho.gateway.access;

import org.jspecify.annotations.NullMarked;
