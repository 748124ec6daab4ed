/**
 * Turns a permit into the data of one project: its columns, its rows, nobody who opted out, its own pseudonyms.
 * Takes a grant and snapshots, gives a read-only database. Never holds a vault pseudonym, and no two projects can join.
 */
@NullMarked
package org.sekisho.engine.provision;

import org.jspecify.annotations.NullMarked;
