using Microsoft.Playwright;

namespace PyBase.Tests.Support;

/// <summary>Headless Chromium as it is installed on the machine; each test takes contexts (people) of its own.</summary>
public sealed class Browser : IAsyncDisposable
{
    // Milliseconds, as for every other fact that is waited for: two cores show the page, serve it and run the other tests.
    const float Patience = 60_000;

    readonly IPlaywright playwright;
    readonly IBrowser browser;

    Browser(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    public static async Task<Browser> StartAsync()
    {
        var program = Require.Find("chromium") is { } found ? found : Require.Server("chromium");
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return new Browser(playwright, browser);
    }

    /// <summary>A window with cookies of its own.</summary>
    public async Task<IPage> OpenAsync(Uri origin, int width = 1400, int height = 900, ColorScheme colours = ColorScheme.Light)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = origin.ToString(), ViewportSize = new() { Width = width, Height = height }, ColorScheme = colours });
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    /// <summary>A picture for people, kept beside the logs of the run.</summary>
    public static Task PictureAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(Path.GetDirectoryName(TestRun.LogFile("x"))!, $"{name}.png") });

    /// <summary>One that documents show as well: <c>PYBASE_WRITE_DOCS=1</c> makes it anew.</summary>
    public static async Task PictureOfDocsAsync(IPage page, string name)
    {
        await PictureAsync(page, $"web-{name}");
        if (Environment.GetEnvironmentVariable("PYBASE_WRITE_DOCS") == "1")
            await page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, "docs", "images", $"{name}.png") });
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
