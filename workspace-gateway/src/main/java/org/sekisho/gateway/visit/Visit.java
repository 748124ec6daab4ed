package org.sekisho.gateway.visit;

import java.nio.file.Path;

/**
 * Who is at the other end of a socket. The socket is the proof: it lies in one sandbox only.
 *
 * @param place id of a workspace or of a notebook's job
 * @param unseen whether a notebook runs there, and nobody looks
 * @param person id of the user whose workspace or notebook it is
 * @param home on this machine, in the hands of the visitor
 */
public record Visit(String place, boolean unseen, String project, String person, Path home) {}
