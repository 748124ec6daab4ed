# Tries doors out of a sandbox and says of each, one line, whether it is open: CASE NAME open|closed WORDS.
# Arguments: PORT (a TCP port of the machine's loopback) PATH (a UNIX socket of the machine) NAME (an abstract one)
# PID (a process of the machine) FILE (a file of the machine). Harmless where a door is open: nothing is written.
# Perl alone, without modules that perl-base lacks. Numbers of system calls: x86-64, else aarch64.
use strict;
use warnings;
use Socket qw(:all);
use POSIX ();
use Fcntl;

$| = 1;
my ($port, $path, $name, $pid, $file) = @ARGV;
my $x86 = (POSIX::uname())[4] eq 'x86_64';
sub number { my ($one, $other) = @_; return $x86 ? $one : $other }

sub door {
    my ($case, $what, $try) = @_;
    my $open = eval { local $SIG{ALRM} = sub { die "too slow\n" }; alarm 5; my $r = $try->(); alarm 0; $r };
    my $why = $open ? '' : ($@ || "$!");
    alarm 0;
    $why =~ s/\s+/ /g;
    printf "%d %s %s %s\n", $case, $what, $open ? 'open' : 'closed', substr($why, 0, 60);
}

# A packet that leaves, or a connection that is at least attempted.
sub leaves {
    my ($family, $type, $protocol, $to, $port) = @_;
    socket(my $s, $family, $type, $protocol) or return 0;
    my $address = $family == AF_INET ? pack_sockaddr_in($port, inet_aton($to)) : pack_sockaddr_in6($port, inet_pton(AF_INET6, $to));
    if ($type == SOCK_STREAM) {
        fcntl($s, F_SETFL, O_NONBLOCK) or return 0;
        return 1 if connect($s, $address);
        return $!{EINPROGRESS} ? 1 : 0;
    }
    return defined send($s, "x" x 8, 0, $address);
}
sub joins { my ($address, $type) = @_; socket(my $s, AF_UNIX, $type, 0) or return 0; return connect($s, $address) }
sub makes { my ($family, $type, $protocol) = @_; return socket(my $s, $family, $type, $protocol) }
sub writes { my ($to) = @_; return sysopen(my $f, $to, O_WRONLY) }
sub reads { my ($from) = @_; return sysopen(my $f, $from, O_RDONLY) }
sub call { my ($call, @rest) = @_; $! = 0; my $r = syscall($call, @rest); return $r != -1 ? 1 : 0 }
# In a child, so that what opens does not change us.
sub child {
    my ($try) = @_;
    my $child = fork() // die "fork: $!\n";
    if (!$child) { my $r = eval { $try->() }; POSIX::_exit($r ? 0 : ($! + 0 || 1)) }
    waitpid($child, 0);
    my $code = $? >> 8;
    $! = $code;
    return $? == 0;
}

door(58, 'tcp4', sub { leaves(AF_INET, SOCK_STREAM, 0, '192.0.2.1', 443) });
door(58, 'udp4', sub { leaves(AF_INET, SOCK_DGRAM, 0, '192.0.2.1', 4000) });
door(58, 'tcp6', sub { leaves(AF_INET6, SOCK_STREAM, 0, '2001:db8::1', 443) });
door(58, 'udp6', sub { leaves(AF_INET6, SOCK_DGRAM, 0, '2001:db8::1', 4000) });
door(58, 'icmp-raw', sub { makes(AF_INET, SOCK_RAW, 1) });
door(58, 'icmp6-raw', sub { makes(AF_INET6, SOCK_RAW, 58) });
door(58, 'icmp-ping', sub { leaves(AF_INET, SOCK_DGRAM, 1, '192.0.2.1', 0) });
door(58, 'sctp', sub { makes(AF_INET, SOCK_STREAM, 132) });
door(58, 'interfaces', sub { open(my $f, '<', '/proc/net/dev') or return 0; my @i = grep { /:/ && !/^\s*lo:/ } <$f>; $! = 0; return @i > 0 });

door(59, 'dns', sub { leaves(AF_INET, SOCK_DGRAM, 0, '192.0.2.53', 53) });
door(59, 'dns-tcp', sub { leaves(AF_INET, SOCK_STREAM, 0, '192.0.2.53', 53) });
door(59, 'doh', sub { leaves(AF_INET, SOCK_STREAM, 0, '192.0.2.8', 443) });
door(59, 'mdns', sub { leaves(AF_INET, SOCK_DGRAM, 0, '224.0.0.251', 5353) });
door(59, 'mdns6', sub { leaves(AF_INET6, SOCK_DGRAM, 0, 'ff02::fb', 5353) });
door(59, 'name', sub { my @r = gethostbyname('sekisho.test.example.org'); return @r > 0 });

door(60, 'metadata4', sub { leaves(AF_INET, SOCK_STREAM, 0, '169.254.169.254', 80) });
door(60, 'metadata6', sub { leaves(AF_INET6, SOCK_STREAM, 0, 'fd00:ec2::254', 80) });

door(61, 'loopback', sub { socket(my $s, AF_INET, SOCK_STREAM, 0) or return 0; return connect($s, pack_sockaddr_in($port, INADDR_LOOPBACK)) });
door(61, 'any-address', sub { socket(my $s, AF_INET, SOCK_STREAM, 0) or return 0; return connect($s, pack_sockaddr_in($port, inet_aton('0.0.0.0'))) });

door(62, 'vsock', sub { makes(40, SOCK_STREAM, 0) });
door(62, 'packet', sub { makes(17, SOCK_RAW, 0) });
door(62, 'netlink', sub { makes(16, SOCK_RAW, 0) });
door(62, 'alg', sub { makes(38, 5, 0) });
door(62, 'key', sub { makes(15, SOCK_RAW, 2) });
door(62, 'bluetooth', sub { makes(31, SOCK_RAW, 1) });
door(62, 'xdp', sub { makes(44, SOCK_RAW, 0) });
door(62, 'rds', sub { makes(21, 5, 0) });
door(62, 'tipc', sub { makes(30, 5, 0) });

door(63, 'path', sub { joins(pack_sockaddr_un($path), SOCK_STREAM) });
door(63, 'abstract', sub { joins(pack('S', AF_UNIX) . "\0" . $name, SOCK_STREAM) });
door(63, 'through-root', sub { joins(pack_sockaddr_un("/proc/1/root$path"), SOCK_STREAM) });

door(64, 'process', sub { kill(0, $pid) });
door(64, 'processes', sub { opendir(my $d, '/proc') or return 0; my $n = grep { /^\d+$/ && $_ > 1 && -e "/proc/$_/exe" && (stat "/proc/$_")[4] == 0 } readdir $d; $! = 0; return $n > 0 });
door(64, 'file', sub { reads($file) });
door(64, 'file-through-root', sub { reads("/proc/1/root$file") });
door(64, 'temporary', sub { reads("/tmp/" . ($file =~ s{.*/}{}r)) });
door(64, 'shared-memory', sub { reads("/dev/shm/" . ($file =~ s{.*/}{}r)) });
door(64, 'segments', sub { open(my $f, '<', '/proc/sysvipc/shm') or return 0; my @all = <$f>; $! = 0; return @all > 1 });
door(64, 'write-root', sub { writes('/etc/passwd') });
door(64, 'homes', sub { opendir(my $d, '/home') or return 0; my $n = grep { !/^\.\.?$/ && $_ ne 'visitor' } readdir $d; $! = 0; return $n > 0 });

my $new_user = 0x10000000;
door(65, 'unshare-user', sub { child(sub { call(number(272, 97), $new_user) }) });
door(65, 'unshare-mount', sub { child(sub { call(number(272, 97), 0x20000) }) });
door(65, 'unshare-net', sub { child(sub { call(number(272, 97), 0x40000000) }) });
door(65, 'clone-user', sub { child(sub {
    my $r = syscall(number(56, 220), $new_user | 17, 0, 0, 0, 0);
    POSIX::_exit(0) if $r == 0;
    return 0 if $r < 0;
    waitpid($r, 0); return 1 }) });
door(65, 'clone3', sub { child(sub { my $r = syscall(435, my $a = pack('Q11', $new_user, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0), 88); POSIX::_exit(0) if $r == 0; return $r > 0 }) });
door(65, 'mount', sub { child(sub { call(number(272, 97), 0x20000); call(number(165, 40), my $s = "x", my $t = "/tmp", my $k = "tmpfs", 0, 0) }) });
door(65, 'setns', sub { sysopen(my $f, '/proc/self/ns/uts', O_RDONLY) or return 0; child(sub { call(number(308, 268), fileno($f), 0) }) });
door(65, 'ptrace', sub { my $c = fork(); if (!$c) { select(undef, undef, undef, 2); POSIX::_exit(0) } my $r = call(number(101, 117), 16, $c, 0, 0); my $e = $!; kill 9, $c; waitpid($c, 0); $! = $e; $r });
door(65, 'read-memory', sub { my $buffer = "\0" x 8; my $v = pack('QQ', unpack('Q', pack('p', $buffer)), 8); call(number(310, 270), $$, $v, 1, $v, 1, 0) });
door(65, 'chroot', sub { child(sub { chroot('/tmp') }) });
door(65, 'pivot-root', sub { child(sub { call(number(155, 41), my $a = "/tmp", my $b = "/tmp") }) });
door(65, 'open-tree', sub { call(428, -100, my $a = "/", 1) });
door(65, 'fsopen', sub { call(430, my $a = "tmpfs", 0) });

my $params = "\0" x 120;
door(66, 'io_uring', sub { call(425, 1, $params) });
door(66, 'bpf', sub { call(number(321, 280), 0, my $a = pack('L5', 2, 4, 4, 1, 0) . "\0" x 100, 120) });
door(66, 'keyctl', sub { call(number(250, 219), 0, -3, 1) });
door(66, 'add_key', sub { call(number(248, 217), my $t = "user", my $d = "probe", my $p = "x", 1, -2) });
door(66, 'request_key', sub { call(number(249, 218), my $t = "user", my $d = "probe", 0, 0) || $!{ENOKEY} });
door(66, 'userfaultfd', sub { call(number(323, 282), 1) });
door(66, 'userfaultfd-device', sub { reads('/dev/userfaultfd') });
door(66, 'perf', sub { call(number(298, 241), my $a = pack('LLQ', 1, 112, 0) . "\0" x 96, 0, -1, -1, 0) });
door(66, 'module', sub { call(number(175, 105), my $a = "x", 1, my $b = "") || !$!{EPERM} });
door(66, 'kexec', sub { call(number(246, 104), 0, 0, 0, 0) });
door(66, 'syslog', sub { call(number(103, 116), 10, 0, 0) });
door(66, 'fanotify', sub { call(number(300, 262), 0, 0) });
door(66, 'handle', sub { call(number(304, 265), -100, my $a = pack('LL', 8, 1) . "\0" x 8, 0) || !$!{EPERM} });
door(66, 'swap', sub { call(number(167, 224), my $a = "/nothing", 0) || !$!{EPERM} });
door(66, 'reboot', sub { call(number(169, 142), 0, 0, 0, 0) || !$!{EPERM} });
door(66, 'clock', sub { call(number(227, 112), 0, 0) || !$!{EPERM} });
door(66, 'personality', sub { call(number(135, 92), 0x0040000) });

door(67, 'core_pattern', sub { writes('/proc/sys/kernel/core_pattern') });
door(67, 'modprobe', sub { writes('/proc/sys/kernel/modprobe') });
door(67, 'sysrq', sub { writes('/proc/sysrq-trigger') });
door(67, 'sysctl', sub { writes('/proc/sys/vm/overcommit_memory') });
door(67, 'release_agent', sub { my @all = (glob('/sys/fs/cgroup/*/release_agent'), '/sys/fs/cgroup/release_agent'); for my $each (@all) { return 1 if writes($each) } return 0 });
door(67, 'cgroup-limits', sub { for my $each (glob('/sys/fs/cgroup/*.max /sys/fs/cgroup/*/memory.limit_in_bytes')) { return 1 if writes($each) } return 0 });
door(67, 'uevent_helper', sub { writes('/sys/kernel/uevent_helper') });
door(67, 'kernel-memory', sub { reads('/proc/kcore') && do { sysopen(my $f, '/proc/kcore', O_RDONLY); sysread($f, my $b, 4) } });
door(67, 'keys', sub { open(my $f, '<', '/proc/keys') or return 0; my @all = <$f>; $! = 0; return @all > 0 });

door(68, 'docker', sub { joins(pack_sockaddr_un('/var/run/docker.sock'), SOCK_STREAM) });
door(68, 'containerd', sub { joins(pack_sockaddr_un('/run/containerd/containerd.sock'), SOCK_STREAM) });
door(68, 'dbus', sub { joins(pack_sockaddr_un('/run/dbus/system_bus_socket'), SOCK_STREAM) });
door(68, 'kvm', sub { reads('/dev/kvm') });
door(68, 'fuse', sub { reads('/dev/fuse') });
door(68, 'memory', sub { reads('/dev/mem') });
door(68, 'loop', sub { reads('/dev/loop-control') });
door(68, 'net-tun', sub { reads('/dev/net/tun') });
door(68, 'disks', sub { for my $d (glob('/dev/vd? /dev/sd? /dev/nvme* /dev/xvd? /dev/loop?')) { return 1 if reads($d) } return 0 });
door(68, 'mknod-block', sub { my $n = "/tmp/.block$$"; my $r = call(number(133, -1), $n, 0060600, 0x700) if $x86; my $e = $!; my $o = $r && reads($n); unlink $n; $! = $e; return $o });
door(68, 'other-devices', sub {
    my %usual = map { $_ => 1 } qw(null zero full random urandom tty pts ptmx shm mqueue fd stdin stdout stderr core console);
    opendir(my $d, '/dev') or return 0;
    my @other = grep { !/^\.\.?$/ && !$usual{$_} } readdir $d;
    $! = 0; return @other > 0 });

my %status = do { open(my $f, '<', '/proc/self/status'); map { /^(\w+):\s+(.*)/ ? ($1 => $2) : () } <$f> };
door(69, 'root', sub { $! = 0; return $< == 0 || $> == 0 });
door(69, 'become-root', sub { child(sub { call(number(105, 146), 0) }) });
door(69, 'capabilities', sub { $! = 0; return grep { $status{$_} !~ /^0+$/ } qw(CapEff CapPrm CapBnd CapAmb CapInh) });
door(69, 'new-privileges', sub { $! = 0; return $status{NoNewPrivs} ne '1' });
door(69, 'seccomp', sub { $! = 0; return $status{Seccomp} ne '2' });
door(69, 'set-user-id', sub { my @s = grep { -u $_ || -g $_ } glob('/bin/su /usr/bin/su /bin/mount /usr/bin/passwd'); $! = 0; return 0 unless @s; open(my $p, '-|', "$s[0] --version >/dev/null 2>&1; id -u") or return 0; my $u = <$p> // 1; return $u == 0 });

door(70, 'descriptors', sub { opendir(my $d, '/proc/self/fd') or return 0; my @open = grep { /^\d+$/ && $_ > 2 && $_ != fileno($d) } map { $_ } readdir $d; my $n = 0; for (@open) { my $l = readlink("/proc/self/fd/$_") // next; next if $l =~ m{^/proc/|probe}; $n++ } $! = 0; return $n > 0 });
door(70, 'environment', sub { $! = 0; my @odd = grep { !/^(PATH|HOME|USER|LOGNAME|LANG|PWD|SHLVL|_|OLDPWD|SEKISHO_[A-Z_]+)$/ } keys %ENV; return @odd > 0 });
door(70, 'first-environment', sub { open(my $f, '<', '/proc/1/environ') or return 0; local $/; my $e = <$f> // ''; $! = 0; return $e =~ /SECRET|TOKEN|JAVA|MAVEN/ });
door(70, 'core-dumps', sub { $! = 0; open(my $f, '<', '/proc/self/limits') or return 0; my ($l) = grep { /^Max core file size/ } <$f>; return $l !~ /size\s+0\s+0\s/ });

my $tiocsti = 0x5412;
sub terminal {
    my ($request) = @_;
    sysopen(my $master, '/dev/ptmx', O_RDWR | O_NOCTTY) or return 0;
    ioctl($master, 0x40045431, my $zero = pack('i', 0)) // return 0;
    ioctl($master, 0x80045430, my $n = pack('i', 0)) // return 0;
    my $number = unpack('i', $n);
    return child(sub {
        POSIX::setsid();
        sysopen(my $slave, "/dev/pts/$number", O_RDWR) or return 0;
        my $byte = "x";
        my $r = syscall(number(16, 29), fileno($slave), $request, $byte);
        # without an own controlling terminal the kernel says EIO or EPERM to what the filter lets through
        return $r != -1 || $!{EIO} || $!{EINVAL} || $!{ENOTTY} });
}
door(71, 'tiocsti', sub { terminal($tiocsti) });
door(71, 'tiocsti-high-bits', sub { terminal($tiocsti | (1 << 32)) });
door(71, 'tioclinux', sub { terminal(0x541c) });
door(71, 'tiocsetd', sub { terminal(0x5423) });
door(71, 'terminal-of-ours', sub { sysopen(my $t, '/dev/tty', O_RDWR) });

door(74, 'proxy', sub { $! = 0; return grep { /proxy/i } keys %ENV });
door(74, 'package-index', sub { leaves(AF_INET, SOCK_STREAM, 0, '192.0.2.99', 3128) });
