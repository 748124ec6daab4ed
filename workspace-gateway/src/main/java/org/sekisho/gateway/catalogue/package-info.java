/**
 * What data there are, for everybody: public metadata of the data sets in the vault, as JSON and as HealthDCAT-AP.
 * Notices snapshots that were loaded beside the gateway and announces them in the log. Never shows a row.
 */
@NullMarked
package org.sekisho.gateway.catalogue;

import org.jspecify.annotations.NullMarked;
