@NullMarked
package org.sekisho.gateway.audit.tlog;

import org.jspecify.annotations.NullMarked;
