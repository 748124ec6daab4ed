package org.sekisho.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 20010db800010002/64",
        "2001:db8:1:2::, 20010db800010002/64",
        "2001:db8:1:3::, 20010db800010003/64",
        "fe80::1%eth0, fe80000000000000/64",
        "0:0:0:0:0:0:0:1, 0000000000000000/64",
        "::ffff:192.0.2.1, 192.0.2.1",
        "a-7f3c, a-7f3c",
        "x:y, x:y",
        "'', ''"
    })
    void isAnAddressOrTheNetworkOfOneHost(String address, String network) {
        assertThat(Network.of(address)).isEqualTo(network);
    }
}
