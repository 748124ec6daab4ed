package org.sekisho.engine.contribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.sekisho.engine.pseudonym.Numbering;

class MembershipTest {
    private static final Numbering ONE = Numbering.empty().with(new long[] {7}, Map.of());

    @Test
    void saysThatItDoesNotKnowInsteadOfKeepingMillionsOfGroups() {
        var membership = new Membership(0, ONE, Numbering.empty(), false);
        take(membership, 1_000_000);
        assertThat(membership.failure()).contains("too many");
    }

    @Test
    void keepsAsManyGroupsAsATableMayHaveRows() {
        var membership = new Membership(0, ONE, Numbering.empty(), false);
        take(membership, 200_000);
        assertThat(membership.failure()).isNull();
        assertThat(membership.group(199_999).persons(bits -> true)).containsExactly(0);
        assertThat(membership.rows(199_999)).isEqualTo(1);
    }

    private static void take(Membership membership, int groups) {
        try (var allocator = new RootAllocator();
                var group = new BigIntVector("group", allocator);
                var person = new BigIntVector("person", allocator)) {
            group.allocateNew(groups);
            person.allocateNew(groups);
            for (int row = 0; row < groups; row++) {
                group.set(row, row);
                person.set(row, 7);
            }
            group.setValueCount(groups);
            person.setValueCount(groups);
            membership.take(VectorSchemaRoot.of(group, person));
        }
    }
}
