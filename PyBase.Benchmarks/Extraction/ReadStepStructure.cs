using System.Text;
using BenchmarkDotNet.Attributes;
using PyBase.Extraction.Step;

namespace PyBase.Benchmarks.Extraction;

/// <summary>How long does the product structure of a STEP file take to read, most of which is geometry?</summary>
[MemoryDiagnoser]
public class ReadStepStructure
{
    byte[] file = [];

    [Params(10, 100)]
    public int Megabytes { get; set; }

    [GlobalSetup]
    public void Write()
    {
        var text = new StringBuilder("ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION((''),'2;1');\nFILE_NAME('b','',(''),(''),'','','');\nFILE_SCHEMA(('AUTOMOTIVE_DESIGN'));\nENDSEC;\nDATA;\n");
        for (var id = 1; text.Length < Megabytes * 1_000_000;)
        {
            var part = id;
            text.Append(FormattableString.Invariant($"#{id++}=PRODUCT('P-{part}','Part {part}','',());\n#{id++}=PRODUCT_DEFINITION_FORMATION('','',#{part});\n#{id++}=PRODUCT_DEFINITION('','',#{part + 1},$);\n"));
            for (var point = 0; point < 500; point++)
                text.Append(FormattableString.Invariant($"#{id++}=CARTESIAN_POINT('',({point}.25,-{point}.5,1.E-05));\n"));
        }
        file = Encoding.ASCII.GetBytes(text.Append("ENDSEC;\nEND-ISO-10303-21;\n").ToString());
    }

    [Benchmark]
    public int Parts()
    {
        using var stream = new MemoryStream(file, writable: false);
        return StepReader.Read(stream).Parts.Count;
    }
}
