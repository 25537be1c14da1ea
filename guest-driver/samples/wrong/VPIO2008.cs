using Vpio.Abi.Layout;

[AbiNumbers]
internal enum Request
{
    Start = 1,
    Stop = 2,
    Pause = 2, // VPIO2008: that is a stop already
}
