@NullMarked
package org.sekisho.gateway.workspace;

import org.jspecify.annotations.NullMarked;
