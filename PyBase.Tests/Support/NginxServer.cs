namespace PyBase.Tests.Support;

/// <summary>nginx with <c>deploy/nginx/nginx.conf</c>.</summary>
public sealed class NginxServer : Balancer
{
    NginxServer()
    {
    }

    public static async Task<NginxServer> StartAsync(IEnumerable<Uri> apis, IEnumerable<Uri> realtimes, CancellationToken cancellationToken = default)
    {
        var (program, folder) = (Require.Server("nginx"), TestRun.NewFolder("nginx"));
        var nginx = new NginxServer();
        var temporary = string.Concat(((string[])["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]).Select(kind => $"    {kind}_temp_path {folder}/{kind};\n"));
        var file = nginx.Put(DeployFile.Read("nginx/nginx.conf"), apis, realtimes, "listen ")
            .With("pid /run/nginx.pid;", $"pid {folder}/nginx.pid;").With("http {\n", "http {\n" + temporary).WriteTo(folder, "nginx.conf");
        // One process: workers outlive a master that is killed.
        await nginx.RunAsync("nginx", program, ["-p", folder, "-c", file, "-g", "daemon off; master_process off;"], folder, cancellationToken);
        return nginx;
    }

    /// <summary>It does not look: it tries a process again a second after that refused, and asks another when it refuses again.</summary>
    public override Task WaitUntilUsedAsync(Role role, int number, CancellationToken cancellationToken) => Task.CompletedTask;

    public override ValueTask DisposeAsync() => EndAsync();
}
