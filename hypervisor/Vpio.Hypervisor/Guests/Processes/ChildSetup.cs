using System.Collections;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Vpio.Abi.Processes;

namespace Vpio.Hypervisor.Guests.Processes;

/// <summary>Sets up how a child begins: its descriptors, its signals, its process group; nothing else of this process is inherited.</summary>
internal sealed unsafe partial class ChildSetup : IDisposable
{
    // Room for what the library keeps in these, of which the largest has 336 bytes.
    private const int OpaqueBytes = 512;
    private const int SetProcessGroup = 2;
    private const int SetSignalDefaults = 4;
    private const int SetSignalMask = 8;
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    private readonly void* _actions = NativeMemory.AllocZeroed(OpaqueBytes);
    private readonly void* _attributes = NativeMemory.AllocZeroed(OpaqueBytes);

    /// <summary>Begins.</summary>
    /// <param name="control">The control socket.</param>
    public ChildSetup(SafeFileHandle control)
    {
        // SAFETY: both have room for what the library writes, which frees by itself what it allocates; no set of signals is longer than this room.
        void* signals = stackalloc byte[OpaqueBytes];
        Check(BeginActions(_actions));
        Check(AddOpen(_actions, 0, "/dev/null", 0, 0));
        Check(AddDuplicate(_actions, StandardError, StandardOutput));
        Check(AddDuplicate(_actions, (int)control.DangerousGetHandle(), ControlMessage.Descriptor));
        Check(AddCloseFrom(_actions, ControlMessage.Descriptor + 1)); // What this process inherited itself, from a shell say, is closed by nobody else.
        Check(BeginAttributes(_attributes));
        Check(SetFlags(_attributes, SetProcessGroup | SetSignalDefaults | SetSignalMask));
        _ = EmptySignals(signals);
        Check(SetMask(_attributes, signals));
        _ = FillSignals(signals);
        Check(SetDefaults(_attributes, signals));
    }

    /// <summary>Starts a program.</summary>
    /// <param name="command">The program.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    public int Spawn(GuestCommand command)
    {
        using StringList arguments = new([command.FileName, .. command.Arguments]);
        using StringList environment = new([.. EnvironmentOf(command).Select(pair => $"{pair.Key}={pair.Value}")]);
        int failure = Spawn(out int id, command.FileName, _actions, _attributes, arguments.Start, environment.Start);
        if (failure != 0)
            throw new Win32Exception(failure, $"The guest's program {command.FileName} cannot be started: {new Win32Exception(failure).Message}.");
        return id;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = EndActions(_actions);
        _ = EndAttributes(_attributes);
        NativeMemory.Free(_actions);
        NativeMemory.Free(_attributes);
    }

    private static Dictionary<string, string> EnvironmentOf(GuestCommand command)
    {
        Dictionary<string, string> variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? string.Empty);
        foreach ((string name, string value) in command.Environment)
            variables[name] = value;
        return variables;
    }

    private static void Check(int failure)
    {
        if (failure != 0)
            throw new Win32Exception(failure);
    }

    [LibraryImport("libc", EntryPoint = "posix_spawnp", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Spawn(out int id, string file, void* actions, void* attributes, nint* arguments, nint* environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int BeginActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int EndActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddOpen(void* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int AddDuplicate(void* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    private static partial int AddCloseFrom(void* actions, int first);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static partial int BeginAttributes(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static partial int EndAttributes(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static partial int SetFlags(void* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    private static partial int SetMask(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    private static partial int SetDefaults(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "sigemptyset")]
    private static partial int EmptySignals(void* signals);

    [LibraryImport("libc", EntryPoint = "sigfillset")]
    private static partial int FillSignals(void* signals);

    // A list of strings as C has it: addresses, and a zero behind the last.
    private readonly struct StringList : IDisposable
    {
        private readonly int _count;

        public StringList(IReadOnlyList<string> strings)
        {
            _count = strings.Count;
            Start = (nint*)NativeMemory.AllocZeroed((nuint)_count + 1, (nuint)sizeof(nint));
            for (int i = 0; i < _count; i++)
                Start[i] = Marshal.StringToCoTaskMemUTF8(strings[i]);
        }

        public nint* Start { get; }

        public void Dispose()
        {
            for (int i = 0; i < _count; i++)
                Marshal.FreeCoTaskMem(Start[i]);
            NativeMemory.Free(Start);
        }
    }
}
