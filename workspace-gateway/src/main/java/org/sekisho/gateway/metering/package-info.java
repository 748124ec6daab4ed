/**
 * How much the gateway does and whether it can work: Prometheus figures and readiness. Takes counts from the other
 * packages; gives numbers with labels of fixed sets. Never a name of a person, project or value as a label.
 */
@NullMarked
package org.sekisho.gateway.metering;

import org.jspecify.annotations.NullMarked;
