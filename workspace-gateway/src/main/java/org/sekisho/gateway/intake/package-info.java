/**
 * Takes files out of directories that somebody else controls, such as the home of a workspace. Takes a directory and
 * paths below it; gives copies in a directory of ours with their SHA-256, or says why not. It follows no link, opens
 * nothing but regular files, waits for nobody, and believes no size and no name: all of it may change while we look.
 */
@NullMarked
package org.sekisho.gateway.intake;

import org.jspecify.annotations.NullMarked;
