@NullMarked
package org.sekisho.gateway.audit.disk;

import org.jspecify.annotations.NullMarked;
