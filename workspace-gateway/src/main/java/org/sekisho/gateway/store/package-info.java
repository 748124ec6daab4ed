/**
 * The metadata of a gateway: one SQLite file in the home folder. Takes a folder, gives transactions.
 * A write that returned is on the disk (WAL, {@code synchronous=FULL}); there is one writer and several
 * readers. It must never hold data of persons, results or keys: those are files of their own.
 */
@NullMarked
package org.sekisho.gateway.store;

import org.jspecify.annotations.NullMarked;
