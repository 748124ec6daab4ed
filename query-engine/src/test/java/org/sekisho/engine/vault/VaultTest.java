package org.sekisho.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.EngineException;
import org.sekisho.engine.catalog.Column;
import org.sekisho.engine.catalog.ColumnKind;
import org.sekisho.engine.catalog.Dataset;
import org.sekisho.engine.catalog.Table;
import org.sekisho.engine.catalog.Text;

class VaultTest {
    private static final Dataset DATASET = new Dataset(
            "d",
            new Text("題", "title"),
            new Text("説明", "description"),
            "publisher",
            List.of("keyword"),
            "c",
            List.of(Table.of(
                    "t", "表", "table", Column.of("sex", "VARCHAR", ColumnKind.QUASI_IDENTIFIER, "性別", "sex"))));

    @TempDir
    Path home;

    private Vault vault;

    @BeforeEach
    void open() {
        vault = Vault.open(home);
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(vault.datasets()).isEmpty();
        assertThat(vault.latest("d")).isEmpty();
        assertThat(vault.optOuts().persons()).isEmpty();
    }

    @Test
    void showsASnapshotOnlyOnceItIsPublished() {
        try (var loading = vault.load("d")) {
            assertThat(vault.datasets()).isEmpty();
            var snapshot = loading.publish(DATASET, List.of(), Map.of("t", 1L), 1);
            assertThat(vault.latest("d")).contains(snapshot);
        }
        assertThat(vault.datasets()).containsExactly(DATASET);
    }

    @Test
    void keepsEarlierSnapshotsAndGivesTheNewest() {
        var first = publish();
        var second = publish();
        assertThat(vault.snapshots("d")).containsExactly(first, second);
        assertThat(vault.latest("d")).contains(second);
    }

    @Test
    void removesWhatACrashedLoadLeftBehind() throws Exception {
        publish();
        var draft = Files.createDirectories(home.resolve("vault/d/.new-20200101T000000000Z"));
        Files.writeString(draft.resolve("t.000000.parquet"), "half");
        assertThat(vault.snapshots("d")).hasSize(1);
        publish();
        assertThat(draft).doesNotExist();
    }

    @Test
    void sharesAnUnchangedTableWithTheEarlierSnapshot() throws Exception {
        try (var loading = vault.load("d")) {
            Files.writeString(loading.part("t", 0), "rows");
            loading.publish(DATASET, List.of(), Map.of("t", 1L), 1);
        }
        var earlier = vault.latest("d").orElseThrow();
        try (var loading = vault.load("d")) {
            assertThat(loading.keep(earlier, "t")).isEqualTo(1);
            loading.publish(DATASET, List.of(), Map.of("t", 1L), 1);
        }
        var file = vault.files(vault.latest("d").orElseThrow(), "t").getFirst();
        assertThat(Files.readString(file)).isEqualTo("rows");
        assertThat(Files.getAttribute(file, "unix:nlink")).isEqualTo(2);
    }

    @Test
    void listsDataSetsBesideTheOtherFilesOfTheVault() {
        publish();
        vault.optOuts().add(List.of(7L));
        assertThat(vault.datasets()).hasSize(1);
    }

    @Test
    void hashesTheListOfObjectionsByItsContent() {
        var empty = vault.optOuts().hash();
        vault.optOuts().add(List.of(7L, 3L));
        var two = vault.optOuts().hash();
        vault.optOuts().add(List.of(3L));
        assertThat(vault.optOuts().hash()).isEqualTo(two).isNotEqualTo(empty);
        assertThat(vault.optOuts().persons()).containsExactly(3L, 7L);
        vault.optOuts().remove(List.of(3L, 7L));
        assertThat(vault.optOuts().hash()).isEqualTo(empty);
    }

    @Test
    void refusesANameThatIsAPath() {
        assertThatThrownBy(() -> vault.load("../d")).isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> vault.latest("a/b")).isInstanceOf(EngineException.class);
    }

    private Snapshot publish() {
        try (var loading = vault.load("d")) {
            return loading.publish(DATASET, List.of(), Map.of("t", 1L), 1);
        }
    }
}
