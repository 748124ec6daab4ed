@NullMarked
package org.sekisho.gateway.audit.witness;

import org.jspecify.annotations.NullMarked;
