package org.sekisho.gateway.access;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.sekisho.gateway.identity.Assurance;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.identity.Training;

/**
 * Who asks.
 *
 * @param roles that the person holds
 * @param trainings that are in force
 * @param assurance how sure it is that this is the person
 */
public record Caller(Set<Role> roles, Set<Training> trainings, Assurance assurance) {
    public Caller {
        roles = Set.copyOf(roles);
        trainings = Set.copyOf(trainings);
    }

    /** With every training, and a second factor shown just now. */
    public static Caller of(Set<Role> roles) {
        return new Caller(roles, EnumSet.allOf(Training.class), Assurance.FRESH);
    }

    Caller trained(Set<Training> trainings) {
        return new Caller(roles, trainings, assurance);
    }

    Caller sure(Assurance assurance) {
        return new Caller(roles, trainings, assurance);
    }

    /** The roles that count: those whose trainings are all in force. */
    Set<Role> effective() {
        return roles.stream()
                .filter(role -> trainings.containsAll(Rules.training(role)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
