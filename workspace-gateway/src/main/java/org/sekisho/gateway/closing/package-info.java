/**
 * The end of a project. Takes the word of two people; gives a project that nobody works in any more, whose folder is
 * destroyed, with its key where it has one, and an entry in the log that says so. What stays is what an account of it needs: the permit, who did what,
 * and the certificates of what was released. It must never touch what belongs to another project.
 */
@NullMarked
package org.sekisho.gateway.closing;

import org.jspecify.annotations.NullMarked;
