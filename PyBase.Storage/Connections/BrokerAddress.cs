namespace PyBase.Storage.Connections;

/// <summary>
/// <c>ConnectionStrings:messaging</c>: one broker, or the nodes of a cluster, <c>amqp://user:password@mq1:5672,mq2:5672,mq3:5672/vhost</c>. Which node a process
/// is connected to makes no difference; when that one is lost it goes to the next.
/// </summary>
/// <param name="First">The same with the first node alone, which every library can read.</param>
/// <param name="Nodes">Each as <c>host:port</c>.</param>
public sealed record BrokerAddress(Uri First, IReadOnlyList<string> Nodes)
{
    /// <summary>Reads it, or says what it should look like; never what it is, since a password is in it.</summary>
    public static BrokerAddress Parse(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 || text[..scheme] is not ("amqp" or "amqps" or "rabbitmq" or "rabbitmqs"))
            throw Unreadable();
        var authority = scheme + 3;
        var path = text.IndexOfAny(['/', '?'], authority) is >= 0 and var at ? at : text.Length;
        var hosts = text.LastIndexOf('@', path - 1, path - authority) + 1 is > 0 and var after ? after : authority;
        var port = text[scheme - 1] == 's' ? 5671 : 5672;
        string[] nodes = [.. text[hosts..path].Split(',', StringSplitOptions.TrimEntries).Select(node => HasPort(node) ? node : $"{node}:{port}")];
        return nodes.All(node => node[0] != ':') && Uri.TryCreate(string.Concat(text.AsSpan(0, hosts), nodes[0], text.AsSpan(path)), UriKind.Absolute, out var first)
            ? new(first, nodes) : throw Unreadable();
    }

    /// <summary>Behind an address of IPv6 too: <c>[::1]:5672</c>.</summary>
    static bool HasPort(string node) => node.LastIndexOf(':') > node.LastIndexOf(']');

    static FormatException Unreadable() =>
        new("The connection string 'messaging' is unreadable: write amqp://user:password@host:5672/vhost, and several hosts of a cluster with commas, host1:5672,host2:5672.");
}
