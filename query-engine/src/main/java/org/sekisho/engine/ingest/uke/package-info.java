/**
 * Medical receipts in the electronic claims format (UKE). A file is first checked from its first byte to its trailer,
 * then turned into rows; names, exact birth dates, certificate numbers, chart numbers and free text go no further.
 */
@NullMarked
package org.sekisho.engine.ingest.uke;

import org.jspecify.annotations.NullMarked;
