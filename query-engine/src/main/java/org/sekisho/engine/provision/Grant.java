package org.sekisho.engine.provision;

import java.util.List;

/** What a permit lets one project see. */
public record Grant(String project, int permitVersion, List<DataGrant> data) {
    public Grant {
        data = List.copyOf(data);
    }
}
