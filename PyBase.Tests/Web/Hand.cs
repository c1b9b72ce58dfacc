using System.Diagnostics;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PyBase.Tests.Web;

/// <summary>A hand on mouse and keyboard that counts what it does: each click, each key that is no letter, each text however long.</summary>
sealed class Hand(IPage page)
{
    readonly Stopwatch watch = Stopwatch.StartNew();

    public int Clicks { get; private set; }

    public int Keys { get; private set; }

    public int Texts { get; private set; }

    public TimeSpan Time => watch.Elapsed;

    public Task ClickAsync(string testId) => ClickAsync(page.GetByTestId(testId).First);

    public Task ClickAsync(ILocator at, LocatorClickOptions? how = null)
    {
        Clicks++;
        return at.ClickAsync(how);
    }

    /// <summary>A list is opened, and one of what it offers taken.</summary>
    public async Task ChooseAsync(string list, string option)
    {
        await ClickAsync(list);
        await ClickAsync(page.GetByRole(AriaRole.Option, new() { Name = option, Exact = true }));
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(0);
    }

    /// <summary>The same where several can be taken: the list stays open.</summary>
    public async Task ChooseManyAsync(string list, string option)
    {
        await ClickAsync(list);
        await ClickAsync(page.GetByRole(AriaRole.Option, new() { Name = option, Exact = true }));
    }

    /// <summary>The task is done.</summary>
    public void Rest() => watch.Stop();

    /// <summary>A file is chosen in the window of the operating system, which no test sees.</summary>
    public Task ChooseFileAsync(string testId, string name, string text)
    {
        Clicks++;
        return page.GetByTestId(testId).SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
    }

    public Task PressAsync(string key)
    {
        Keys++;
        return page.Keyboard.PressAsync(key);
    }

    public Task TypeAsync(string text)
    {
        Texts++;
        return page.Keyboard.TypeAsync(text);
    }
}
