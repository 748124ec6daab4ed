package org.sekisho.engine.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.provision.Provisions.ProvidedPersons;
import org.sekisho.engine.pseudonym.Pseudonyms.Domain;
import org.sekisho.engine.pseudonym.SecretKeys;

class ProvisionBuildTest {
    @TempDir
    Path home;

    @Test
    void knowsWhoTurnedOutToBeSomebodyElseThoughTheOlderRecordsAreGone() {
        var own = new SecretKeys(home).project("one");
        var persons = new ProvidedPersons(Map.of(4L, 9L, 5L, 9L), Set.of());
        var now = own.of(Domain.PERSON, 9);
        assertThat(ProvisionBuild.formerly(persons, own))
                .containsOnly(Map.entry(own.of(Domain.PERSON, 4), now), Map.entry(own.of(Domain.PERSON, 5), now));
    }
}
