using Microsoft.Playwright;

namespace PyBase.Tests.Support;

/// <summary>Headless Chromium as it is installed on the machine; each test opens windows (people) of its own.</summary>
public sealed class Browser : IAsyncDisposable
{
    // Milliseconds, as for every other fact that is waited for: two cores show the page, serve it and run the other tests.
    const float Patience = 60_000;

    // One process for the run: its start is dearer than most tests. What a test opened is closed at its end, so that no page goes on behind it.
    static readonly Lazy<Task<IBrowser>> running = new(LaunchAsync);

    readonly IBrowser browser;
    readonly List<IBrowserContext> opened = [];

    Browser(IBrowser browser) => this.browser = browser;

    public static async Task<Browser> StartAsync() => new(await running.Value);

    static async Task<IBrowser> LaunchAsync()
    {
        var program = Require.Find("chromium") is { } found ? found : Require.Server("chromium");
        Assertions.SetDefaultExpectTimeout(Patience);
        // Playwright's driver ends with this process, and the browser with the driver.
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A window with cookies of its own.</summary>
    public async Task<IPage> OpenAsync(Uri origin, int width = 1400, int height = 900, ColorScheme colours = ColorScheme.Light)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = origin.ToString(), ViewportSize = new() { Width = width, Height = height }, ColorScheme = colours });
        opened.Add(context);
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
        foreach (var context in opened)
            await context.DisposeAsync();
    }
}
