// @ts-expect-error The types that are installed are those of version 5.
import express from 'express4'
import { startExpress } from './express-app.js'

startExpress(express)
