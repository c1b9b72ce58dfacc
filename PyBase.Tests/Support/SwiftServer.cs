using System.Diagnostics;
using Amazon.Runtime;
using Amazon.S3;
using PyBase.Standalone.Embedded;

namespace PyBase.Tests.Support;

/// <summary>OpenStack Swift with its S3 interface, from Debian's packages: four processes, one copy of everything, no memcached.</summary>
public sealed class SwiftServer : IAsyncDisposable
{
    static readonly string[] s_roles = ["account", "container", "object"];
    readonly List<ChildProcess> _processes = [];
    int _port;

    public string ServiceUrl => $"http://127.0.0.1:{_port}";

    public const string AccessKey = "test:tester";

    public const string SecretKey = "testing";

    public static async Task<SwiftServer> StartAsync(CancellationToken cancellationToken)
    {
        // It takes longer to install than all the other servers together, so eng/install-servers.sh leaves it out.
        if (Require.Find("swift-proxy-server") is not { } proxy || Require.Find("swift-object-server") is null)
        {
            Assert.Skip("Swift is not installed: apt install swift-proxy swift-account swift-container swift-object");
            throw new InvalidOperationException();
        }
        var server = new SwiftServer();
        try
        {
            await server.LaunchAsync(Path.GetDirectoryName(proxy)!, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client as another program would have one.</summary>
    public AmazonS3Client Client() => new(new BasicAWSCredentials(AccessKey, SecretKey), new AmazonS3Config
    {
        ServiceURL = ServiceUrl, ForcePathStyle = true, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0,
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED, ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
    });

    async Task LaunchAsync(string programs, CancellationToken cancellationToken)
    {
        var account = ServerAccount.RunsAsRoot ? new ServerAccount(ServerAccount.IsKnown("swift") ? "swift" : "nobody") : ServerAccount.Own;
        var user = account.User ?? Environment.UserName;
        var folder = TestRun.NewFolder("swift");
        Directory.CreateDirectory(Path.Combine(folder, "disk", "d1"));
        await File.WriteAllTextAsync(Path.Combine(folder, "swift.conf"), """
            [swift-hash]
            swift_hash_path_suffix = tests
            swift_hash_path_prefix = tests
            [storage-policy:0]
            name = one
            default = yes
            """, cancellationToken);
        foreach (var role in s_roles)
        {
            var port = LoopbackPort.Free();
            await File.WriteAllTextAsync(Path.Combine(folder, $"{role}.conf"), $"""
                [DEFAULT]
                bind_ip = 127.0.0.1
                bind_port = {port}
                user = {user}
                swift_dir = {folder}
                devices = {folder}/disk
                mount_check = false
                workers = 0
                [pipeline:main]
                pipeline = {role}-server
                [app:{role}-server]
                use = egg:swift#{role}
                """, cancellationToken);
            foreach (string[] step in (string[][])[["create", "6", "1", "1"], ["add", $"r1z1-127.0.0.1:{port}/d1", "1"], ["rebalance"]])
            {
                var made = await Command.RunAsync(Path.Combine(programs, "swift-ring-builder"), [Path.Combine(folder, $"{role}.builder"), .. step], ServerAccount.Own, cancellationToken);
                Assert.True(made.Succeeded, made.Output);
            }
        }
        _port = LoopbackPort.Free();
        await File.WriteAllTextAsync(Path.Combine(folder, "proxy.conf"), $"""
            [DEFAULT]
            bind_ip = 127.0.0.1
            bind_port = {_port}
            user = {user}
            swift_dir = {folder}
            workers = 0
            [pipeline:main]
            pipeline = catch_errors gatekeeper cache listing_formats bulk s3api tempauth copy slo dlo versioned_writes symlink proxy-server
            [app:proxy-server]
            use = egg:swift#proxy
            account_autocreate = true
            [filter:catch_errors]
            use = egg:swift#catch_errors
            [filter:gatekeeper]
            use = egg:swift#gatekeeper
            [filter:cache]
            use = egg:swift#memcache
            memcache_servers = 127.0.0.1:1
            [filter:listing_formats]
            use = egg:swift#listing_formats
            [filter:bulk]
            use = egg:swift#bulk
            [filter:s3api]
            use = egg:swift#s3api
            location = us-east-1
            [filter:tempauth]
            use = egg:swift#tempauth
            user_test_tester = testing .admin
            [filter:copy]
            use = egg:swift#copy
            [filter:slo]
            use = egg:swift#slo
            [filter:dlo]
            use = egg:swift#dlo
            [filter:versioned_writes]
            use = egg:swift#versioned_writes
            allow_object_versioning = true
            [filter:symlink]
            use = egg:swift#symlink
            """, cancellationToken);
        await account.OwnAsync(folder, cancellationToken);
        foreach (var role in s_roles.Append("proxy"))
        {
            var process = new ChildProcess($"swift-{role}", () =>
            {
                var start = new ProcessStartInfo(Path.Combine(programs, $"swift-{role}-server"), [Path.Combine(folder, $"{role}.conf"), "-v"]) { Environment = { ["SWIFT_DIR"] = folder } };
                account.ApplyTo(start);
                return start;
            });
            process.Start();
            _processes.Add(process);
        }
        using var client = Client();
        await _processes[^1].WaitAsync(async cancellation =>
        {
            try
            {
                await client.ListBucketsAsync(cancellation);
                return true;
            }
            catch (Exception silent) when (silent is AmazonServiceException or HttpRequestException)
            {
                return false;
            }
        }, TimeSpan.FromSeconds(60), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
    }
}
