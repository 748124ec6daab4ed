/**
 * Workspaces: what a member of a project works in. Takes a person, a permit and the name of an image; gives a desktop
 * in a sandbox of its own, and the socket on which its pixels are. Every act is in the log before it happens. Nothing in
 * a sandbox is believed: no name, link or byte that it makes is followed or parsed here.
 */
@NullMarked
package org.sekisho.gateway.workspace;

import org.jspecify.annotations.NullMarked;
