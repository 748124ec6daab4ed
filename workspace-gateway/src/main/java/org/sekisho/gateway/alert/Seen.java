package org.sekisho.gateway.alert;

import java.util.Optional;
import org.sekisho.gateway.audit.Entry;

/**
 * An entry on its way through the rules.
 *
 * @param person name of who acted; where the gateway acts on something of somebody, of its owner; empty where it acts
 *     for itself
 */
record Seen(Entry entry, String person) {
    Optional<String> subject(Rule.Per per) {
        return switch (per) {
            case PERSON -> Optional.of(person).filter(name -> !name.isEmpty());
            case PROJECT -> Optional.ofNullable(entry.project());
            case EVERYBODY -> Optional.of("");
        };
    }
}
