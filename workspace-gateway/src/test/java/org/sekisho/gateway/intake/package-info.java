@NullMarked
package org.sekisho.gateway.intake;

import org.jspecify.annotations.NullMarked;
