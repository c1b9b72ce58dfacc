using PyBase.Storage.Records;

namespace PyBase.Api.Records;

/// <summary>What was written, as an answer of 200; its memory is given back when it is sent.</summary>
sealed class RecordAnswer(RecordOutput output) : IResult
{
    public async Task ExecuteAsync(HttpContext context)
    {
        using (output)
        {
            var written = output.Written;
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.ContentLength = written.Length;
            await context.Response.BodyWriter.WriteAsync(written, context.RequestAborted);
        }
    }
}
