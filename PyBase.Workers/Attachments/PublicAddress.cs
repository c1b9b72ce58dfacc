using System.Net;
using System.Net.Sockets;

namespace PyBase.Workers.Attachments;

/// <summary>Addresses that anybody on the internet could reach; all others are somebody's own, and may be ours.</summary>
static class PublicAddress
{
    // IANA's special-purpose registries.
    static readonly IPNetwork[] Special = [.. ((string[])
    [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        // Of IPv6 only 2000::/3 is public, without protocol assignments (Teredo among them), documentation and 6to4, which carries any IPv4 address inside.
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    ]).Select(network => IPNetwork.Parse(network))];

    static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    public static bool Is(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily is AddressFamily.InterNetwork || Global.Contains(plain)) && !Special.Any(network => network.Contains(plain));
    }
}
