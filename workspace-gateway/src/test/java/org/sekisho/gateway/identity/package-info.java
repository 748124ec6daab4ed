@NullMarked
package org.sekisho.gateway.identity;

import org.jspecify.annotations.NullMarked;
