using PyBase.Api.Errors;
using PyBase.Core.Errors;
using PyBase.Core.Ids;
using PyBase.Storage.Accounts;
using PyBase.Storage.Catalog;
using PyBase.Storage.Files;
using PyBase.Storage.Shards;
using PyBase.Storage.Shares;
using Yarp.ReverseProxy.Forwarder;

namespace PyBase.Api.Shards;

/// <summary>
/// One address for all shards: a request that names a base, or something in one, goes on to the shard where it lives, whole and as it came. Everything else is the
/// first shard's. With one shard nobody asks.
/// </summary>
sealed class ShardRouter(ShardSettings settings, ShardMap map, FileLinks links, IHttpForwarder forwarder) : IDisposable
{
    /// <summary>Names the shard that is meant: whoever gets it answers itself. It lets nobody in anywhere; from outside it only leads to where the base is not.</summary>
    public const string Mark = "PyBase-Shard";

    const string HasJob = "select exists (select from pybase.jobs where id = $1)";
    const string HasShare = "select exists (select from pybase.shares where token_hash = $1)";
    const string HasAttachment = "select exists (select from pybase.attachments where id = $1)";

    // Uploads and sockets may be silent for as long as the other side allows.
    static readonly ForwarderRequestConfig Config = new() { ActivityTimeout = TimeSpan.FromMinutes(5) };

    static readonly Error Away = new("shard-unavailable", ErrorKind.Unavailable, "The part of the installation that this lives in does not answer.", "Other bases are not concerned; try again in two seconds.");

    readonly HttpMessageInvoker invoker = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(2), EnableMultipleHttp2Connections = true });

    public async Task RouteAsync(HttpContext context, RequestDelegate next)
    {
        if (!settings.AreSeveral || context.Request.Headers.ContainsKey(Mark) || await WhereAsync(context) is not { } shard || shard == settings.Here)
        {
            await next(context);
            return;
        }
        if (settings.Find(shard)?.Url is not { } url)
        {
            await RefuseAsync(context);
            return;
        }
        var failure = await forwarder.SendAsync(context, url.GetLeftPart(UriPartial.Authority), invoker, Config, new ToShard(shard));
        if (failure is ForwarderError.Request or ForwarderError.NoAvailableDestinations && !context.Response.HasStarted)
        {
            context.Response.Clear();
            await RefuseAsync(context);
        }
    }

    static async Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "2";
        await (context.Request.Path.StartsWithSegments("/v0") ? Away.ToAirtable() : Away.ToProblem()).ExecuteAsync(context);
    }

    /// <summary>The shard that answers; null: this one, whichever it is.</summary>
    async ValueTask<string?> WhereAsync(HttpContext context)
    {
        if (context.Request.Path.Value?.Split('/', StringSplitOptions.RemoveEmptyEntries) is not [var area, .. var rest])
            return null;
        if (area is not ("v0" or "api" or "files" or "mcp" or "hubs"))
            return null;
        var found = area switch
        {
            "files" => rest is [var token] && links.Open(token) is { } attachment ? await map.HolderAsync(HasAttachment, attachment, context.RequestAborted) : null,
            "v0" or "api" => await WhereAsync(context, rest),
            _ => null,
        };
        // A further shard has no list of all bases; the first knows, and sends it where it belongs.
        return found ?? (settings.IsMain ? null : BaseEntry.MainShard);
    }

    async ValueTask<string?> WhereAsync(HttpContext context, string[] path)
    {
        // The whole audit log is in the first shard.
        if (path is ["bases", _, "audit"])
            return BaseEntry.MainShard;
        var id = path.FirstOrDefault(part => Id.Is(part, "app")) ?? context.Request.Query["base"].ToString();
        if (Id.Is(id, "app"))
            return await map.FindAsync(id, context.RequestAborted);
        return path switch
        {
            ["jobs", var job, ..] when Id.Is(job, "job") => await map.HolderAsync(HasJob, job, context.RequestAborted),
            ["shares", var link, ..] when ShareStore.KeyOf(link) is { } key => await map.HolderAsync(HasShare, key, context.RequestAborted),
            ["meta", "bases"] or ["templates", _] or ["workspaces", _, "snapshots"] when HttpMethods.IsPost(context.Request.Method) => await map.PlaceAsync(context.RequestAborted),
            _ => null,
        };
    }

    /// <summary>As it came, with where it came from; the hub of a base has its own address in front of the shard's.</summary>
    sealed class ToShard(string shard) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(HttpContext context, HttpRequestMessage request, string address, CancellationToken cancellation)
        {
            await base.TransformRequestAsync(context, request, address, cancellation);
            // The first decides where it goes on to; any other is the end.
            if (shard != BaseEntry.MainShard)
                request.Headers.TryAddWithoutValidation(Mark, shard);
            request.Headers.Remove("X-Forwarded-For");
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", Sessions.AddressOf(context));
            request.Headers.Remove("X-Forwarded-Proto");
            request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", context.Request.Scheme);
        }
    }

    public void Dispose() => invoker.Dispose();
}
