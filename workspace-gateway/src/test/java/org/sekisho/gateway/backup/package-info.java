/** Backups of homes that are written to, and what becomes of damaged ones. */
@NullMarked
package org.sekisho.gateway.backup;

import org.jspecify.annotations.NullMarked;
