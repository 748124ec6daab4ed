@NullMarked
package org.sekisho.gateway.ingress;

import org.jspecify.annotations.NullMarked;
