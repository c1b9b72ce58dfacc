using Microsoft.Extensions.FileProviders;

namespace PyBase.Api;

/// <summary>The browser application: its files where the build put them, and its page for every address that is nothing else.</summary>
static class Web
{
    public static void MapWeb(this WebApplication app)
    {
        if (Find() is not { } folder)
        {
            app.MapGet("/", () => Results.Content(NotBuilt, "text/html; charset=utf-8")).ExcludeFromDescription();
            return;
        }
        var files = new PhysicalFileProvider(folder);
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            // Names of assets carry a hash of their content; the page itself is asked for anew each time.
            OnPrepareResponse = response => response.Context.Response.Headers.CacheControl =
                response.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache",
        });
        app.MapFallback(async context =>
        {
            if (!(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) || context.Request.Path.StartsWithSegments("/api"))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.CacheControl = "no-cache";
            await context.Response.SendFileAsync(files.GetFileInfo("index.html"));
        });
    }

    /// <summary>Published as wwwroot beside the program, or built in the source tree that the program was built from.</summary>
    static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            foreach (var place in (string[])["wwwroot", "PyBase.Web/dist"])
                if (File.Exists(Path.Combine(folder.FullName, place, "index.html")))
                    return Path.Combine(folder.FullName, place);
        return null;
    }

    const string NotBuilt = """
        <!doctype html><meta charset="utf-8"><title>PyBase</title><body style="font:16px system-ui;max-width:40em;margin:4em auto">
        <h1>The web application is not built</h1><p>Run <code>npm ci &amp;&amp; npm run build</code> in <code>PyBase.Web</code> (Node 20 or later) and start again. The API works.</p>
        """;
}
