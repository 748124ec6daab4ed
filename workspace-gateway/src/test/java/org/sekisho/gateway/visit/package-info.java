@NullMarked
package org.sekisho.gateway.visit;

import org.jspecify.annotations.NullMarked;
