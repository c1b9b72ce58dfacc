using System.Text.RegularExpressions;

namespace PyBase.Tests.Support;

/// <summary>A file of <c>deploy/</c> as an administrator would take it: only addresses, ports and paths are put in.</summary>
sealed record DeployFile(string Text)
{
    public static DeployFile Read(string name) => new(File.ReadAllText(Path.Combine(Repository.Root, "deploy", name)));

    /// <summary>Puts something in everywhere; what is not there cannot be replaced.</summary>
    public DeployFile With(string placeholder, string value)
    {
        Assert.Contains(placeholder, Text, StringComparison.Ordinal);
        return new(Text.Replace(placeholder, value, StringComparison.Ordinal));
    }

    /// <summary>The line that names the first server of a role (<c>api1.pybase.internal:8000</c>), once for each address, in place of all such lines.</summary>
    public DeployFile WithServers(Role role, IEnumerable<Uri> addresses)
    {
        var name = role.ToString().ToLowerInvariant();
        var lines = Regex.Matches(Text, $@"^ *server .*\b{name}(\d+)\.pybase\.internal:\d+.*\n", RegexOptions.Multiline);
        Assert.NotEmpty(lines);
        var servers = addresses.Select((address, n) => Regex.Replace(lines[0].Value.Replace($"{name}1", $"{name}{n + 1}", StringComparison.Ordinal), $@"{name}\d+\.pybase\.internal:\d+", address.Authority));
        return new(string.Concat(Text.AsSpan(0, lines[0].Index), string.Concat(servers), Text.AsSpan(lines[^1].Index + lines[^1].Length)));
    }

    public string WriteTo(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, Text);
        return path;
    }
}
