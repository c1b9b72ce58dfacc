using System.Text.Json;
using Microsoft.Playwright;
using PyBase.Tests.Support;

namespace PyBase.Tests.Web;

/// <summary>What axe finds on a page against WCAG 2.1, levels A and AA.</summary>
static class Accessibility
{
    static readonly Lazy<string> s_axe = new(() => File.ReadAllText(Path.Combine(Repository.Root, "PyBase.Web", "node_modules", "axe-core", "axe.min.js")));

    /// <summary>Each fault as rule, place and what is wrong with it. The grid's own table for screen readers stands inside its canvas, where axe looks for colours that are nowhere drawn; the rule that is
    /// switched off is an experiment of axe, which takes the letters of a picture of somebody for a label.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync(s_axe.Value);
        var found = await page.EvaluateAsync<string>("""
            async () => {
              const { violations } = await axe.run({ exclude: [['canvas']] }, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], rules: { 'label-content-name-mismatch': { enabled: false } } })
              return JSON.stringify(violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary.replace(/\s+/g, ' ')}`)))
            }
            """);
        return JsonSerializer.Deserialize<string[]>(found)!;
    }
}
