@NullMarked
package org.sekisho.gateway.audit.verify;

import org.jspecify.annotations.NullMarked;
