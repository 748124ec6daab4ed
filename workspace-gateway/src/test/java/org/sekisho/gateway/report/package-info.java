@NullMarked
package org.sekisho.gateway.report;

import org.jspecify.annotations.NullMarked;
