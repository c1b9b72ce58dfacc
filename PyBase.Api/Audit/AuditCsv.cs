using System.Globalization;
using System.Text;
using PyBase.Core.Audit;
using PyBase.Core.Exports;
using PyBase.Storage.Audit;

namespace PyBase.Api.Audit;

/// <summary>The log as a file, read in short statements while it is sent. Names in it are of people's making, so no spreadsheet runs them.</summary>
static class AuditCsv
{
    public static async Task WriteAsync(AuditLog log, AuditQuery query, Stream output, CancellationToken cancellation)
    {
        var text = new StringBuilder("number,time,act,actor,actorName,workspace,base,subject,address,details\r\n");
        for (IReadOnlyList<AuditEntry>? page = null; page is null or { Count: AuditQuery.MaxPage };)
        {
            page = await log.ListAsync(page is null ? query : query with { Before = page[^1].Number }, AuditQuery.MaxPage, cancellation);
            foreach (var entry in page)
            {
                string?[] cells =
                [
                    entry.Number.ToString(CultureInfo.InvariantCulture), entry.Time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), entry.Act, entry.Actor, entry.ActorName,
                    entry.Workspace, entry.Base, entry.Subject, entry.Address, entry.Details,
                ];
                for (var n = 0; n < cells.Length; n++)
                {
                    if (n > 0)
                        text.Append(',');
                    DelimitedText.Append(text, FormulaGuard.Guard(cells[n] ?? ""), ',');
                }
                text.Append("\r\n");
            }
            await output.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellation);
            text.Clear();
        }
    }
}
