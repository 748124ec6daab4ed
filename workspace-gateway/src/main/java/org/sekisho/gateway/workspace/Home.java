package org.sekisho.gateway.workspace;

import java.nio.file.Path;

/**
 * A home that is mounted.
 *
 * @param path on this machine; what lies below is made by a visitor: follow no link of it
 * @param user first id of the range that its files belong to; {@code visitor} is the id 1000 above
 */
public record Home(Path path, int user) {}
