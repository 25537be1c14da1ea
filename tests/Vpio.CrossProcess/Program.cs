using Vpio.CrossProcess;

// What to be, the socket, the guest's number, its three pieces of memory, and how often.
ProcessPort port = new(args[1], int.Parse(args[2]), new MappedFile(args[3], writable: false), new MappedFile(args[4], writable: true), new MappedFile(args[5], writable: true));
GuestProcess process = new(port, long.Parse(args[6]));
return args[0] switch
{
    "turns" => process.TakeTurns(),
    "echo" => process.Echo(),
    "hold" => process.Hold(),
    "watch" => process.Watch(),
    "scribble" => process.Scribble(),
    _ => throw new ArgumentException($"A guest process is turns, echo, hold, watch or scribble, and not {args[0]}."),
};
