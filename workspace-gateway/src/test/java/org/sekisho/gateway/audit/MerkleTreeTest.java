package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.gateway.audit.tlog.Frontier;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.Proofs;

final class MerkleTreeTest {
    /** The eight leaves of the Certificate Transparency reference tests. */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    @ParameterizedTest(name = "{0} leaves")
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void agreesWithTheReferenceRoots(int size, String root) {
        var tree = tree(referenceLeaves());
        var frontier = new Frontier();
        referenceLeaves().subList(0, size).forEach(frontier::push);

        assertThat(Hashes.hex(tree.root(size))).isEqualTo(root);
        assertThat(Hashes.hex(frontier.root())).isEqualTo(root);
    }

    @Test
    void provesWithoutGoingThroughAllOfALargeTree() {
        var leaves = new byte[MerkleTree.TILE * Hashes.BYTES];
        var small = new MerkleTree(tile -> leaves);
        for (int leaf = 1; leaf < MerkleTree.TILE; leaf++) {
            small.append(new byte[Hashes.BYTES]);
        }
        var tile = small.append(new byte[Hashes.BYTES]);
        var tree = new MerkleTree(number -> leaves);
        for (int i = 0; i < 40_000; i++) {
            tree.appendTile(tile);
        }
        var root = tree.root();
        var start = System.nanoTime();
        for (int i = 1; i <= 1_000; i++) {
            long from = i * 10_007L;
            var proof = tree.consistency(from, tree.size());
            assertThat(Proofs.consistent(from, tree.root(from), tree.size(), root, proof))
                    .isTrue();
            assertThat(tree.inclusion(from, tree.size())).hasSizeBetween(20, 24);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void agreesWithTheReferencePaths() {
        var tree = tree(referenceLeaves());

        assertThat(Hashes.hex(tree.inclusion(0, 1))).isEmpty();
        assertThat(Hashes.hex(tree.inclusion(0, 8)))
                .containsExactly(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
        assertThat(Hashes.hex(tree.consistency(1, 8)))
                .containsExactly(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
        assertThat(Hashes.hex(tree.consistency(6, 8)))
                .containsExactly(
                        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    }

    @Property(tries = 150)
    void provesEveryLeafAndNoOther(@ForAll @IntRange(min = 1, max = 1500) int size, @ForAll int seed) {
        var tree = tree(leaves(size));
        int index = Math.floorMod(seed, size);
        var leaf = leaf(index);
        var path = tree.inclusion(index, size);
        var root = tree.root(size);

        assertThat(Proofs.included(leaf, index, size, path, root)).isTrue();
        assertThat(Proofs.included(leaf(index + 1), index, size, path, root)).isFalse();
        assertThat(Proofs.included(leaf, index + 1, size, path, root)).isFalse();
        if (!path.isEmpty()) {
            assertThat(Proofs.included(leaf, index, size, path.subList(1, path.size()), root))
                    .isFalse();
            assertThat(Proofs.included(leaf, index, size, changed(path, seed), root))
                    .isFalse();
        }
    }

    @Property(tries = 150)
    void provesThatEveryTreeBeginsWithItsOlderSelf(
            @ForAll @IntRange(min = 1, max = 1500) int to, @ForAll @IntRange(min = 1, max = 1500) int some) {
        int from = 1 + some % to;
        var tree = tree(leaves(to));
        var proof = tree.consistency(from, to);
        var older = tree.root(from);
        var newer = tree.root(to);

        assertThat(Proofs.consistent(from, older, to, newer, proof)).isTrue();
        assertThat(Proofs.consistent(from, leaf(1), to, newer, proof)).isFalse();
        assertThat(Proofs.consistent(from, older, to, leaf(1), proof)).isFalse();
        if (!proof.isEmpty()) {
            assertThat(Proofs.consistent(from, older, to, newer, changed(proof, some)))
                    .isFalse();
        }
    }

    @Property(tries = 50)
    void hasTheSameRootsAsTheFrontier(@ForAll @IntRange(max = 2000) int size) {
        var frontier = new Frontier();
        leaves(size).forEach(frontier::push);

        assertThat(tree(leaves(size)).root()).isEqualTo(frontier.root());
    }

    @Test
    void handsOutTheRootOfEachTileThatIsFull() {
        var leaves = leaves(2 * MerkleTree.TILE + 1);
        var tree = new MerkleTree(tile -> new byte[0]);
        var roots = new ArrayList<byte[]>();
        for (int i = 0; i < leaves.size(); i++) {
            var root = tree.append(leaves.get(i));
            assertThat(root).as("leaf " + i).hasSize((i + 1) % MerkleTree.TILE == 0 ? Hashes.BYTES : 0);
            if (root.length > 0) {
                roots.add(root);
            }
        }
        var first = new Frontier();
        leaves.subList(0, MerkleTree.TILE).forEach(first::push);
        var second = new Frontier();
        leaves.subList(MerkleTree.TILE, 2 * MerkleTree.TILE).forEach(second::push);

        assertThat(first.leaves()).isEqualTo(MerkleTree.TILE);
        assertThat(roots).containsExactly(first.root(), second.root());
        assertThat(tree.tileRoots()).containsExactly(first.root(), second.root());
        assertThat(tree.size()).isEqualTo(leaves.size());
    }

    /** Of a million entries a root must not read the leaves. */
    @Test
    void asksForNoLeavesOfATileWhoseRootItHas() {
        var leaves = leaves(3 * MerkleTree.TILE + 5);
        var tree = new MerkleTree(tile -> {
            throw new AssertionError("tile " + tile + " was asked for");
        });
        var frontier = new Frontier();
        leaves.forEach(tree::append);
        leaves.forEach(frontier::push);

        assertThat(tree.root()).isEqualTo(frontier.root());
        assertThat(tree.consistency(2 * MerkleTree.TILE, leaves.size())).isNotEmpty();
    }

    @Test
    void answersNothingByLeavesThatAreNotThoseOfTheirTile() {
        var leaves = leaves(2 * MerkleTree.TILE);
        var kept = new ArrayList<>(leaves);
        kept.set(300, leaf(-1));
        var tree = new MerkleTree(tile -> joined(kept, (int) tile));
        leaves.forEach(tree::append);
        var message = "one of the entries 256 to 511 is not as the index says";

        assertThatThrownBy(() -> tree.inclusion(257, 512)).hasMessageContaining(message);
        assertThatThrownBy(() -> tree.consistency(301, 512)).hasMessageContaining(message);
        assertThatThrownBy(() -> tree.root(301)).hasMessageContaining(message);
        assertThat(tree.inclusion(255, 512)).hasSize(9);
        kept.set(300, leaf(300));
        assertThat(Proofs.included(leaf(257), 257, 512, tree.inclusion(257, 512), tree.root()))
                .as("asked for again")
                .isTrue();
    }

    @Test
    void answersNothingBeyondItsLeaves() {
        var tree = tree(leaves(5));

        assertThatThrownBy(() -> tree.root(6)).hasMessage("the tree has 5 leaves, not 6");
        assertThatThrownBy(() -> tree.root(-1)).hasMessage("the tree has 5 leaves, not -1");
        assertThatThrownBy(() -> tree.inclusion(0, 6)).hasMessage("the tree has 5 leaves, not 6");
        assertThatThrownBy(() -> tree.inclusion(3, 3)).hasMessage("no leaf 3 in a tree of 3");
        assertThatThrownBy(() -> tree.inclusion(-1, 3)).hasMessage("no leaf -1 in a tree of 3");
        assertThatThrownBy(() -> tree.consistency(1, 6)).hasMessage("the tree has 5 leaves, not 6");
        assertThatThrownBy(() -> tree.consistency(0, 3)).hasMessage("no consistency proof from 0 to 3");
        assertThatThrownBy(() -> tree.consistency(4, 3)).hasMessage("no consistency proof from 4 to 3");
        assertThat(tree.consistency(3, 3)).isEmpty();
    }

    /** RFC 9162 section 2.1.4.2, the cases that fail before a hash is computed, and proofs that are too long. */
    @Test
    void believesNoProofOfImpossibleSizesOrLengths() {
        var tree = tree(leaves(8));
        for (int from = 1; from <= 8; from++) {
            var older = tree.root(from);
            var proof = tree.consistency(from, 8);
            var longer = new ArrayList<>(proof);
            longer.add(leaf(0));
            assertThat(Proofs.consistent(from, older, 8, tree.root(8), proof)).isTrue();
            assertThat(Proofs.consistent(from, older, 8, tree.root(8), longer)).isFalse();
            assertThat(Proofs.consistent(from, older, from, older, List.of())).isTrue();
            assertThat(Proofs.consistent(from, older, from, older, List.of(leaf(0))))
                    .isFalse();
            assertThat(Proofs.consistent(from, older, from, tree.root(from % 8 + 1), List.of()))
                    .isFalse();
            if (from < 8) {
                assertThat(Proofs.consistent(from, older, 8, tree.root(8), List.of()))
                        .isFalse();
                assertThat(Proofs.consistent(8, tree.root(8), from, older, proof))
                        .isFalse();
            }
        }
        var empty = Hashes.sha256().digest();
        assertThat(Proofs.consistent(0, empty, 8, tree.root(8), List.of())).isFalse();
        assertThat(Proofs.consistent(0, empty, 0, empty, List.of())).isFalse();
        assertThat(Proofs.consistent(-1, empty, 8, tree.root(8), List.of())).isFalse();
        assertThat(Proofs.included(leaf(0), -1, 8, tree.inclusion(0, 8), tree.root(8)))
                .isFalse();
        assertThat(Proofs.included(leaf(0), 0, 1, List.of(leaf(0)), Hashes.node(leaf(0), leaf(0))))
                .isFalse();
    }

    private static MerkleTree tree(List<byte[]> leaves) {
        var tree = new MerkleTree(tile -> joined(leaves, (int) tile));
        leaves.forEach(tree::append);
        return tree;
    }

    private static byte[] joined(List<byte[]> leaves, int tile) {
        var bytes = new byte[MerkleTree.TILE * Hashes.BYTES];
        for (int i = 0; i < MerkleTree.TILE; i++) {
            System.arraycopy(leaves.get(tile * MerkleTree.TILE + i), 0, bytes, i * 32, 32);
        }
        return bytes;
    }

    private static List<byte[]> changed(List<byte[]> hashes, int seed) {
        var changed = new ArrayList<>(hashes);
        changed.set(Math.floorMod(seed, hashes.size()), leaf(-1));
        return changed;
    }

    private static List<byte[]> referenceLeaves() {
        return LEAVES.stream()
                .map(hex -> Hashes.leaf(HexFormat.of().parseHex(hex)))
                .toList();
    }

    private static List<byte[]> leaves(int count) {
        var leaves = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            leaves.add(leaf(i));
        }
        return leaves;
    }

    private static byte[] leaf(int number) {
        return Hashes.leaf(new byte[] {(byte) (number >> 16), (byte) (number >> 8), (byte) number});
    }
}
