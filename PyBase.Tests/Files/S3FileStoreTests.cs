using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using PyBase.Core.Ids;
using PyBase.Storage;
using PyBase.Storage.Files;
using PyBase.Storage.Postgres;
using PyBase.Tests.Support;

namespace PyBase.Tests.Files;

/// <summary>Files in a bucket of a real S3 service, and on their way there and back.</summary>
public sealed class S3FileStoreTests(Servers servers)
{
    const string Bucket = "pybase";

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_are_stored_in_parts_read_from_any_place_linked_swept_and_moved()
    {
        await using var swift = await SwiftServer.StartAsync(Cancelled);
        using var client = swift.Client();
        await client.PutBucketAsync(Bucket, Cancelled);
        await using var database = await (await servers.PostgresAsync()).CopyDatabaseAsync("storage", async (connectionString, cancellation) =>
        {
            await using var migrating = Host(connectionString, swift, "nowhere", TimeProvider.System);
            await migrating.Services.GetRequiredService<DatabaseUpgrade>().RunAsync(cancellation);
        }, Cancelled);
        var folder = TestRun.NewFolder("files");
        await using var app = Host(database.ConnectionString, swift, folder, TimeProvider.System);
        await using var tomorrow = Host(database.ConnectionString, swift, folder, new Later(TimeSpan.FromHours(25)));
        var store = app.Services.GetRequiredService<FileStore>();

        await StoreAndReadAsync(store, client);
        await LinkAsync(store);
        await SweepAsync(store, tomorrow.Services.GetRequiredService<FileStore>());
        await MoveAsync(app.Services, database.ConnectionString, swift, folder);
    }

    static async Task StoreAndReadAsync(FileStore store, AmazonS3Client client)
    {
        foreach (var size in (int[])[0, 5_000, S3FileStore.PartBytes * 2 + 12_345])
        {
            var content = RandomNumberGenerator.GetBytes(size);
            var stored = await StoreAsync(store, content);
            Assert.Equal(size, stored.Size);
            Assert.Equal(SHA256.HashData(content), stored.Sha256);
            // Once more is no other file, and no other answer.
            Assert.Equal(stored.Sha256, (await StoreAsync(store, content)).Sha256);
            await using var all = store.OpenRead(stored.Sha256);
            using var copy = new MemoryStream();
            await all.CopyToAsync(copy, Cancelled);
            Assert.True(content.AsSpan().SequenceEqual(copy.ToArray()));
            if (size == 0)
                continue;
            all.Position = size - 100;
            var end = new byte[100];
            await all.ReadExactlyAsync(end, Cancelled);
            Assert.Equal(content[^100..], end);
            all.Position = 17;
            all.ReadExactly(end);
            Assert.Equal(content[17..117], end);
        }
        await using var absent = store.OpenRead(new byte[32]);
        await Assert.ThrowsAsync<FileNotFoundException>(async () => await absent.ReadExactlyAsync(new byte[1], Cancelled));

        // What somebody has exchanged in the bucket is not taken for what it was.
        var sound = await StoreAsync(store, "a bolt"u8.ToArray());
        var name = Convert.ToHexStringLower(sound.Sha256);
        await client.PutObjectAsync(new() { BucketName = Bucket, Key = $"{name[..2]}/{name}", ContentBody = "a nut!", UseChunkEncoding = false }, Cancelled);
        await using var damaged = store.OpenRead(sound.Sha256);
        await Assert.ThrowsAsync<IOException>(async () => await damaged.CopyToAsync(Stream.Null, Cancelled));
    }

    static async Task LinkAsync(FileStore store)
    {
        var stored = await StoreAsync(store, "<script>"u8.ToArray());
        var address = store.AddressOf(stored.Sha256, "text/html", "Größe.html")!;
        Assert.Equal(address.GetLeftPart(UriPartial.Authority), store.Origin);
        using var browser = new HttpClient();
        using var answer = await browser.GetAsync(address, Cancelled);
        Assert.Equal("<script>", await answer.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal(("attachment", "Größe.html"), (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileNameStar));
        using var tampered = await browser.GetAsync(address.AbsoluteUri.Replace("attachment", "inline", StringComparison.Ordinal), Cancelled);
        Assert.Equal(HttpStatusCode.Forbidden, tampered.StatusCode);
    }

    static async Task SweepAsync(FileStore store, FileStore tomorrow)
    {
        var stored = await StoreAsync(store, "swept"u8.ToArray());
        Assert.Empty(await store.OlderThanAsync(FileSweep.Grace, Cancelled).ToListAsync(Cancelled));
        Assert.False(await store.RemoveAsync(stored.Sha256, FileSweep.Grace, Cancelled));
        Assert.Contains(await tomorrow.OlderThanAsync(FileSweep.Grace, Cancelled).ToListAsync(Cancelled), sha256 => sha256.AsSpan().SequenceEqual(stored.Sha256));
        Assert.True(await tomorrow.RemoveAsync(stored.Sha256, FileSweep.Grace, Cancelled));
        Assert.False(await store.HasAsync(stored.Sha256, stored.Size, Cancelled));
    }

    /// <summary>Three of four files that rows name are in the folder; they come into the bucket, and from there into another folder.</summary>
    static async Task MoveAsync(IServiceProvider services, string connectionString, SwiftServer swift, string folder)
    {
        var (local, data) = (services.GetRequiredService<FolderFileStore>(), services.GetRequiredService<NpgsqlDataSource>());
        var baseId = Id.New("app");
        var named = new List<StoredFile> { new(RandomNumberGenerator.GetBytes(32), 1) };
        for (var n = 0; n < 3; n++)
            named.Add(await StoreAsync(local, RandomNumberGenerator.GetBytes(1_000 + n)));
        await using (var command = data.CreateCommand($"""
            insert into pybase.bases (id, epoch) values ('{baseId}', 'e');
            insert into pybase.files (id, base, name, media_type, size, sha256, created) values
                {string.Join(", ", named.Select(file => $"('{Id.New("fil")}', '{baseId}', 'a', 'text/plain', {file.Size}, '\\x{Convert.ToHexString(file.Sha256)}', now())"))}
            """))
            await command.ExecuteNonQueryAsync(Cancelled);
        var missing = Convert.ToHexStringLower(named[0].Sha256);

        var move = services.GetRequiredService<FileMove>();
        var moved = await move.RunAsync(intoBucket: true, Cancelled);
        Assert.Equal((3, 0, missing), (moved.Copied, moved.There, Assert.Single(moved.Bad)));
        moved = await move.RunAsync(intoBucket: true, Cancelled);
        Assert.Equal((0, 3, missing), (moved.Copied, moved.There, Assert.Single(moved.Bad)));

        var other = TestRun.NewFolder("files");
        await using var back = Host(connectionString, swift, other, TimeProvider.System);
        Assert.Equal(3, (await back.Services.GetRequiredService<FileMove>().RunAsync(intoBucket: false, Cancelled)).Copied);
        foreach (var file in named.Skip(1))
            Assert.Equal(await File.ReadAllBytesAsync(PathOf(folder, file), Cancelled), await File.ReadAllBytesAsync(PathOf(other, file), Cancelled));

        static string PathOf(string folder, StoredFile file) => Convert.ToHexStringLower(file.Sha256) is var name ? Path.Combine(folder, name[..2], name) : "";
    }

    static WebApplication Host(string connectionString, SwiftServer swift, string folder, TimeProvider clock)
    {
        var builder = WebApplication.CreateBuilder();
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["ConnectionStrings:pybase"] = connectionString, ["ConnectionStrings:cache"] = "127.0.0.1:1,abortConnect=false,connectTimeout=100", ["Files:Path"] = folder,
            ["Files:S3:ServiceUrl"] = swift.ServiceUrl, ["Files:S3:Bucket"] = Bucket, ["Files:S3:AccessKey"] = SwiftServer.AccessKey, ["Files:S3:SecretKey"] = SwiftServer.SecretKey,
            ["Files:S3:SendsLinks"] = "true",
        })
            builder.Configuration[name] = value;
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(clock);
        builder.AddStorage();
        return builder.Build();
    }

    static async Task<StoredFile> StoreAsync(FileStore store, byte[] content)
    {
        using var stream = new MemoryStream(content);
        return (await store.WriteAsync(stream, Cancelled))!;
    }

    sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
