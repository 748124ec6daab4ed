@NullMarked
package org.sekisho.gateway.audit.export;

import org.jspecify.annotations.NullMarked;
