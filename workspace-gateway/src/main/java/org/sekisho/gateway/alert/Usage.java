package org.sekisho.gateway.alert;

/**
 * How much a person did in a project.
 *
 * @param queries statements and notebooks that were taken, from the page or out of a desktop
 * @param outputs held
 * @param desktopSeconds of desktops that have ended
 */
public record Usage(
        String project,
        String person,
        long queries,
        long outputs,
        long releases,
        long downloads,
        long desktopSeconds) {}
