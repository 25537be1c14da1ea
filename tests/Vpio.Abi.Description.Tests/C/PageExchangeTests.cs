using System.Buffers.Binary;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Vpio.Abi.Description.Tests.C;

/// <summary>Exchanges every structure between C and C#, field by field, both ways, with programs of five processors, one of them big-endian.</summary>
internal sealed class PageExchangeTests
{
    private static readonly AbiDescription Abi = AbiReader.Read();

    private string _folder = string.Empty;

    private static IEnumerable<Compiler> Compilers =>
    [
        new("x86-64", ["gcc"]),
        new("i386", ["i686-linux-gnu-gcc"], "qemu-i386"),
        new("aarch64", ["aarch64-linux-gnu-gcc"], "qemu-aarch64"),
        new("armhf", ["arm-linux-gnueabihf-gcc"], "qemu-arm"),
        new("s390x", ["s390x-linux-gnu-gcc"], "qemu-s390x"),
    ];

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("vpio-exchange-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(nameof(Compilers))]
    public void WhatCFillsInIsReadFieldByField(Compiler compiler)
    {
        string file = Path.Combine(_folder, "filled");
        compiler.Run(Build(compiler), "fill", file);
        ReadOnlySpan<byte> rest = File.ReadAllBytes(file);
        foreach (AbiType structure in ExchangeProgram.Structures(Abi))
        {
            AssertFields(structure, rest[..structure.SizeBytes]);
            rest = rest[structure.SizeBytes..];
        }

        Assert.That(rest.Length, Is.Zero);
    }

    [TestCaseSource(nameof(Compilers))]
    public void WhatIsFilledInHereCReadsFieldByField(Compiler compiler)
    {
        string file = Path.Combine(_folder, "filled");
        File.WriteAllBytes(file, [.. ExchangeProgram.Structures(Abi).SelectMany(Filled)]);
        compiler.Run(Build(compiler), "check", file);
    }

    [Test]
    public void AWrongByteIsNamedByTheReader()
    {
        Compiler gcc = Compilers.First();
        string file = Path.Combine(_folder, "wrong");
        byte[] bytes = [.. ExchangeProgram.Structures(Abi).SelectMany(Filled)];
        bytes[Leaf.Of(Abi, ExchangeProgram.Structures(Abi)[0]).Single(leaf => leaf.Path == "epoch").OffsetBytes] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.That(() => gcc.Run(Build(gcc), "check", file), Throws.InstanceOf<AssertionException>().With.Message.Contains("vpio_device_page_header.epoch"));
    }

    private string Build(Compiler compiler)
    {
        string source = Path.Combine(_folder, "exchange.c");
        string program = Path.Combine(_folder, "exchange");
        File.WriteAllText(source, ExchangeProgram.Write(Abi));
        compiler.Compile("-std=c99", "-static", "-Wall", "-Wextra", "-Werror", "-I", Tree.PathOf("abi/include"), "-o", program, source);
        return program;
    }

    private static void AssertFields(AbiType structure, ReadOnlySpan<byte> bytes)
    {
        object read = ValueOf(TypeOf(structure), bytes);
        foreach (Leaf leaf in Leaf.Of(Abi, structure))
        {
            ulong value = PublicField(structure, leaf) is { } field
                ? Convert.ToUInt64(field.GetValue(read))
                : Number(bytes.Slice(leaf.OffsetBytes, leaf.SizeBytes));
            Assert.That(value, Is.EqualTo(leaf.Value), $"{structure.Name}: {leaf.Path}");
        }
    }

    private static byte[] Filled(AbiType structure)
    {
        byte[] bytes = new byte[structure.SizeBytes];
        foreach (Leaf leaf in Leaf.Of(Abi, structure).Where(leaf => PublicField(structure, leaf) is null))
        {
            for (int i = 0; i < leaf.SizeBytes; i++)
                bytes[leaf.OffsetBytes + i] = (byte)(leaf.Value >> (8 * i));
        }

        object written = ValueOf(TypeOf(structure), bytes);
        foreach (Leaf leaf in Leaf.Of(Abi, structure))
        {
            if (PublicField(structure, leaf) is { } field)
                field.SetValue(written, Convert.ChangeType(leaf.Value, field.FieldType));
        }

        GCHandle pin = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        Marshal.StructureToPtr(written, pin.AddrOfPinnedObject(), fDeleteOld: false);
        pin.Free();
        return bytes;
    }

    // What has a public field in C# is read through it; arrays and what lies within nested structures by place.
    private static FieldInfo? PublicField(AbiType structure, Leaf leaf) =>
        TypeOf(structure).GetFields(BindingFlags.Public | BindingFlags.Instance)
            .FirstOrDefault(field => field.GetCustomAttribute<FieldOffsetAttribute>()!.Value == leaf.OffsetBytes && field.FieldType.IsPrimitive);

    private static Type TypeOf(AbiType structure) => typeof(DevicePage).Assembly.GetExportedTypes().Single(type => type.Name == structure.Name);

    private static ulong Number(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        1 => bytes[0],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
    };

    private static object ValueOf(Type structure, ReadOnlySpan<byte> bytes)
    {
        GCHandle pin = GCHandle.Alloc(bytes.ToArray(), GCHandleType.Pinned);
        try
        {
            return Marshal.PtrToStructure(pin.AddrOfPinnedObject(), structure)!;
        }
        finally
        {
            pin.Free();
        }
    }
}
