@NullMarked
package org.sekisho.gateway.audit;

import org.jspecify.annotations.NullMarked;
