@org.jspecify.annotations.NullMarked
package org.sekisho.gateway.desktop;
