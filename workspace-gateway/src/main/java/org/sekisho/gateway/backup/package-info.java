/**
 * One home at one moment, into a folder and back. Takes a running gateway's store and log, or those of a stopped one;
 * gives a folder of files, a manifest with the hash of each, and a seal over the manifest by the keys of the log. What is
 * restored is what a loss of power at that moment would have left. It must never hand on a backup that lacks a byte, nor
 * write over a home that has anything in it.
 */
@NullMarked
package org.sekisho.gateway.backup;

import org.jspecify.annotations.NullMarked;
