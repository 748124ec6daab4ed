package org.sekisho.gateway.identity;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** What counts as one place on the network: an IPv4 address, or the /64 of IPv6 in which one host has all addresses. */
public final class Network {
    private static final int PREFIX_BYTES = 8;

    private Network() {}

    /** @param address of a connection; anything else than an IPv6 address is answered as it is */
    public static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        var scope = address.indexOf('%');
        try {
            var read = InetAddress.ofLiteral(scope < 0 ? address : address.substring(0, scope));
            return read instanceof Inet6Address
                    ? HexFormat.of().formatHex(read.getAddress(), 0, PREFIX_BYTES) + "/64"
                    : read.getHostAddress();
        } catch (IllegalArgumentException noAddress) {
            return address;
        }
    }
}
